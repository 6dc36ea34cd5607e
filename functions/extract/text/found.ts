/** Something read from a line: its value and the line's index. */
export interface Found<T> {
  value: T;
  line: number;
}
