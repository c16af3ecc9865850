/** Lines are handed on together: a write for each of 100,000 would take longer than reading the image. */
const pieceLength = 64 * 1024;

/** What is rendered line by line, in pieces that are worth a write each. */
export function* inPieces<Item>(items: Iterable<Item>, lineOf: (item: Item) => string): Iterable<string> {
  let piece = "";
  for (const item of items) {
    piece += lineOf(item);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
