/** How many files are in the works at once, unless told: enough to hide the disk's latency, far from any limit on open files. */
const atOnce = 32;

/**
 * Does the work for every item, several at a time, and answers in the order of the items. An item is asked for when its
 * work can begin. After a failure nothing new is begun; it is thrown once everything that was begun has ended.
 */
export async function sideBySide<T, R>(
  items: Iterable<T>,
  work: (item: T, at: number) => Promise<R>,
  lanes = atOnce,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const waiting = items[Symbol.iterator]();
  let begun = 0;
  const lane = async () => {
    try {
      while (failures.length === 0) {
        const next = waiting.next();
        if (next.done === true) return;
        const at = begun++;
        results[at] = await work(next.value, at);
      }
    } catch (cause) {
      failures.push(cause);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
