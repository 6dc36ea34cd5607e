/** Characters from the start in which a dateline stands. */
const DATELINE = 400;

/** How the wires that carry press releases sign their datelines: `WESTBAY, April 18, 2023 /PRNewswire/ --`. */
const WIRE =
  /\/(?:PR ?Newswire|CNW|EIN ?Presswire|PRWeb|Newswire\.ca)(?:[-/][^/\n]{0,40})?\/|\((?:BUSINESS WIRE|GLOBE ?NEWSWIRE|ACCESS ?WIRE|PR ?NEWSWIRE|MARKETWIRED?|PRWEB|newsfile corp\.[^)\n]{0,40})\)|^.{0,60}\((?:ots|APA-OTS|pts\d{0,6})[^)\n]{0,30}\)/i;

/** Whether a text begins as press offices' wires let it. */
export function isPressWire(text: string): boolean {
  return WIRE.test(text.slice(0, DATELINE));
}
