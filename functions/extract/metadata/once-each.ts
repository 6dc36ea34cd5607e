/** A function that reads each thing it is given once and remembers what came of it, for as long as itself is kept. */
export function onceEach<From, To extends object | string | null>(read: (from: From) => To): (from: From) => To {
  const known = new Map<From, To>();
  return (from) => {
    let to = known.get(from);
    if (to === undefined) {
      to = read(from);
      known.set(from, to);
    }
    return to;
  };
}
