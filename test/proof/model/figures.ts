/** What was seen in all runs together. */
export class Figures {
  readonly #times = new Map<string, number>();
  readonly #heard = new Set<string>();
  readonly #startedAt = performance.now();
  runs = 0;

  /** Counts an answer to a kind of command. */
  count(kind: string, answer: string): void {
    const seen = `${kind}: ${answer}`;
    this.#times.set(seen, (this.#times.get(seen) ?? 0) + 1);
  }

  /** Notes what a mutation was answered. */
  hear(mutation: string, answer: string): void {
    this.#heard.add(`${mutation}: ${answer}`);
  }

  /** Those of these answers that no mutation was given, such as `teamJoin: TeamFull`. */
  unheard(answers: readonly string[]): string[] {
    return answers.filter((answer) => !this.#heard.has(answer));
  }

  get commands(): number {
    return [...this.#times.values()].reduce((sum, times) => sum + times, 0);
  }

  /** One line. */
  get progress(): string {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const perSecond = (this.commands / seconds).toFixed(1);
    return `model: ${this.runs} runs, ${this.commands} commands, ${(seconds / 60).toFixed(1)} min, ${perSecond} commands/s`;
  }

  /** The progress and how often each answer was given. */
  get table(): string {
    const rows = [...this.#times].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([seen, times]) => `  ${seen} ${times}`);
    return [this.progress, ...rows].join('\n');
  }
}
