import type { JsonObject } from '../metadata/json-ld.ts';
import type { Json } from '../metadata/lenient-json.ts';

/** Wrappers that Nuxt writes around a value: their name, then the place of the value. */
const WRAPPER = /^(?:Shallow)?(?:Reactive|Ref)$|^(?:NuxtError|Island|null)$/;

/**
 * State in which every value stands once, in one list, and objects and lists hold the places of their parts, as devalue
 * writes it for Nuxt 3 and SvelteKit: `[["Reactive",1],{"title":2},"Ferries return"]`.
 *
 * @returns the values put together; what refers backwards to an object or a list is left out, so that nothing holds itself.
 *   Any other value is returned as it is
 */
export function unflattened(root: Json): Json {
  if (!Array.isArray(root) || !isFlattened(root)) return root;
  const whole: Json[] = root.map((value) =>
    Array.isArray(value) ? [] : typeof value === 'object' && value !== null ? {} : value,
  );
  const at = (place: Json | undefined, from: number): Json | undefined => {
    if (typeof place !== 'number' || !Number.isInteger(place)) return undefined;
    const value = whole[place];
    return place > from || typeof value !== 'object' ? value : undefined;
  };
  for (let i = root.length - 1; i >= 0; i--) {
    const value = root[i];
    if (Array.isArray(value)) {
      const name = value[0];
      if (typeof name === 'string') whole[i] = (WRAPPER.test(name) ? at(value[1], i) : value[1]) ?? null;
      else whole[i] = value.map((place) => at(place, i)).filter((part): part is Json => part !== undefined);
    } else if (typeof value === 'object' && value !== null) {
      const object = whole[i] as JsonObject;
      for (const [key, place] of Object.entries(value)) {
        const part = at(place, i);
        if (part !== undefined) object[key] = part;
      }
    }
  }
  return whole[0] ?? null;
}

/** Whether the first value is nothing but places of others. */
function isFlattened(list: readonly Json[]): boolean {
  const first = list[0];
  if (typeof first !== 'object' || first === null || list.length < 3) return false;
  if (Array.isArray(first)) return typeof first[0] === 'string' && WRAPPER.test(first[0]) && first[1] === 1;
  const places = Object.values(first);
  return (
    places.length > 0 &&
    places.every((place) => typeof place === 'number' && Number.isInteger(place) && place >= -7 && place < list.length)
  );
}
