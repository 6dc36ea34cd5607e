/** @throws where a function's environment variable is missing, which the stack sets */
export function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; the stack sets it on the function.`);
  return value;
}
