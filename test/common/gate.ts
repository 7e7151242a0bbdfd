/** Something that several parts of a test wait for, and that one of them opens. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everybody through once `count` have arrived; whoever comes later does not wait. */
export function meeting(count: number): () => Promise<void> {
  const everybodyIsHere = gate();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived >= count) everybodyIsHere.open();
    return everybodyIsHere.opened;
  };
}
