// What the reader chose last time: language and appearance. A browser may forbid keeping anything for a file.

export function kept<T extends string>(name: string, values: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(`doleance.${name}`);
    return values.find((known) => known === value);
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`doleance.${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}
