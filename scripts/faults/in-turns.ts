/** Works on items side by side, so many at a time; `onDone` hears of each in the items' order. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
  onDone: (result: Result, at: number) => void,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const rest = items.entries();
  let told = 0;
  const worker = async (): Promise<void> => {
    for (const [at, item] of rest) {
      results.set(at, await work(item));
      for (let next = results.get(told); next !== undefined; next = results.get(told)) {
        onDone(next, told);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return items.flatMap((_, at) => results.get(at) ?? []);
}
