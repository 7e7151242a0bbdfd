/** Works through items in their order, several at once, and tells how many are left. */
export async function workOff<Item>(
  items: readonly Item[],
  { atOnce, onProgress }: { readonly atOnce: number; readonly onProgress: (left: number) => void },
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()];
  const go = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await work(next[1], next[0]);
      onProgress(waiting.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, go));
}
