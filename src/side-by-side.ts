/** How many files are in the works at once, unless told: enough to hide the disk's latency, far from any limit on open files. */
const atOnce = 32;

/**
 * Does the work for every item, several at a time, and answers in the order of the items. After a failure nothing new
 * is begun; it is thrown once everything that was begun has ended.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
  lanes = atOnce,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const at = next++;
      const item = items[at] as T;
      await work(item, at).then(
        (result) => void (results[at] = result),
        (cause: unknown) => void failures.push(cause),
      );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
