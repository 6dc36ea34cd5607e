/** Cells a colspan or a rowspan may take; HTML allows 1,000, tables of real articles stay under 20. */
const MAX_SPAN = 30;
/** Columns beyond which rows are not lined up. */
const MAX_COLUMNS = 200;

/** Lines up the cells of one table: a cell may take columns beside it, and the same columns of rows below. */
export class TableColumns {
  #column = 0;
  /** Columns that the cell before takes besides its own. */
  #spanned = 0;
  /** By column, how many more rows a cell above takes. */
  #down: number[] = [];

  startTable(): void {
    this.#down = [];
    this.startRow();
  }

  startRow(): void {
    for (let column = this.#column; column < this.#down.length; column++) this.#pass(column);
    this.#column = this.#spanned = 0;
  }

  /**
   * @param colspan and rowspan as the page states them
   * @returns how many columns lie from the start of the cell before to that of this one
   */
  startCell(colspan: string | undefined, rowspan: string | undefined): number {
    let columns = 1 + this.#spanned;
    while (this.#pass(this.#column)) {
      this.#column++;
      columns++;
    }
    const across = spanOf(colspan);
    const rows = spanOf(rowspan);
    if (rows > 1 && this.#column < MAX_COLUMNS)
      for (let i = 0; i < across; i++) this.#down[this.#column + i] = rows - 1;
    this.#column += across;
    this.#spanned = across - 1;
    return columns;
  }

  /** Whether a cell of a row above takes the column in this row too. */
  #pass(column: number): boolean {
    const rows = this.#down[column] ?? 0;
    if (rows === 0) return false;
    this.#down[column] = rows - 1;
    return true;
  }
}

function spanOf(stated: string | undefined): number {
  const span = Number(stated ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, MAX_SPAN) : 1;
}
