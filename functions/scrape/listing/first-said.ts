/**
 * Of several places that may say the same thing the first counts that says anything.
 *
 * @param ask null where a place says nothing
 */
export function firstSaid<Place, Said>(places: Iterable<Place>, ask: (place: Place) => Said | null): Said | null {
  for (const place of places) {
    const said = ask(place);
    if (said !== null) return said;
  }
  return null;
}
