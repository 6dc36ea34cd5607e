/** Collects why the engine did what it did; shown by `copydesk extract --explain`. Absent means off. */
export interface Decision {
  /** The step of extract.ts that decided, e.g. `html-body`. */
  step: string;
  /** The rule or model that decided, e.g. `json-ld headline` or `model 0.13`. */
  rule: string;
  /** What was kept or dropped, or the value chosen. */
  verdict: 'keep' | 'drop' | 'choose';
  /** First words of the text concerned, at most 120 characters. */
  text: string;
  /** Where: a selector for markup, a 1-based line number for plain text. */
  at?: string;
}

export type Trace = (decision: Decision) => void;
