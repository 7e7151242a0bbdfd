import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc, { type AsyncCommand } from 'fast-check';
import type { Run } from './command.js';
import { KINDS } from './commands/index.js';
import type { Effort } from './effort.js';
import { endSoundly } from './ending.js';
import { Figures } from './figures.js';
import type { Model } from './promises/model.js';
import { prepare, type Setting, settings } from './setting.js';
import { World } from './world.js';

const PROGRESS_EVERY_RUNS = 20;

type Where = 'ON_THE_WAY' | 'AT_THE_END';

/** How a run failed, as far as it could be made smaller. */
export interface Failure {
  /** What was done, and what was answered. */
  readonly trace: readonly string[];
  readonly why: string;
  /** What repeats it, and the same as variables. */
  readonly repeat: Pick<Effort, 'path' | 'replayPath'>;
  readonly again: string;
}

/** Walks through the whole surface by chance, again and again, the model beside the shop. */
export class Walk {
  readonly figures = new Figures();
  #world: World | null = null;
  #failed: (Pick<Failure, 'trace' | 'why'> & { readonly where: Where }) | null = null;
  #failedAt = 0;

  /** @param whenOpened does something to each server that is started, to see that it is found out */
  constructor(
    private readonly effort: Effort,
    private readonly whenOpened?: (app: NestFastifyApplication) => void,
  ) {}

  /** Null if nothing was found. */
  async go(): Promise<Failure | null> {
    const { runs, seed, path, replayPath, commandsMax, only } = this.effort;
    const kinds = KINDS.filter(({ name }) => only?.includes(name) ?? true);
    const drawn = fc.commands(
      kinds.flatMap(({ steps }) => steps),
      { maxCommands: commandsMax, size: 'max', ...(replayPath !== undefined && { replayPath }) },
    );
    const property = fc.asyncProperty(fc.noBias(drawn), fc.noShrink(settings), (commands, setting) =>
      this.#try(commands, setting),
    );
    const parameters = { numRuns: runs, seed, ...(path !== undefined && { path }) };
    const { failed, counterexample, counterexamplePath } = await fc.check(property, parameters);
    if (!failed || !this.#failed || counterexamplePath === null) return null;
    const [, commandPath = ''] = /replayPath="([^"]*)"/.exec(fc.stringify(counterexample)) ?? [];
    const again = `PROOF_SEED=${seed} PROOF_PATH='${counterexamplePath}' PROOF_COMMANDS='${commandPath}'`;
    return { ...this.#failed, again, repeat: { path: counterexamplePath, replayPath: commandPath } };
  }

  async close(): Promise<void> {
    await this.#world?.close();
    this.#world = null;
  }

  /** Once the time is over, nothing smaller is tried. */
  async #try(commands: Iterable<AsyncCommand<Model, Run>>, setting: Setting): Promise<void> {
    if (this.#failed && Date.now() - this.#failedAt > this.effort.smallerSeconds * 1_000) fc.pre(false);
    this.#world ??= await World.open(this.whenOpened);
    const figures = this.#failed ? new Figures() : this.figures;
    const run: Run = { world: this.#world, figures, trace: [JSON.stringify(setting)] };
    let where: Where = 'ON_THE_WAY';
    try {
      const model = await prepare(setting, run);
      await fc.asyncModelRun(() => ({ model, real: run }), commands);
      // What went wrong on the way is made smaller without walking to the end each time.
      if (this.#failed?.where === 'ON_THE_WAY') {
        await run.world.abandonRun();
        return;
      }
      where = 'AT_THE_END';
      await endSoundly(model, run);
    } catch (error) {
      await this.#fail(run, where, error);
      throw error;
    }
    this.#count();
  }

  async #fail({ trace, world }: Run, where: Where, error: unknown): Promise<void> {
    if (!this.#failed) this.#failedAt = Date.now();
    const said = world.log.said.map((line) => `  (the server said: ${line})`);
    this.#failed = { where, trace: [...trace, ...said], why: String(error) };
    // The end judges the whole shop, so what a failed run leaves there would make others fail.
    if (where === 'AT_THE_END') await this.close();
    else await world.abandonRun();
  }

  #count(): void {
    if (this.#failed) return;
    this.figures.runs += 1;
    const isDue = this.effort.isLong && this.figures.runs % PROGRESS_EVERY_RUNS === 0;
    if (isDue) process.stderr.write(`${this.figures.progress}\n`);
  }
}
