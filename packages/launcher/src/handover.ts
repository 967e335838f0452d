import type { Fleet } from './fleet.ts';
import type { Report } from './report.ts';
import type { Service } from './service.ts';

/** The answer to who wants to run a subgraph herself. */
export type Release = { takeBack(): void } | { readonly refusal: string };

interface HandoverOptions {
  readonly subgraphs: readonly Service[];
  readonly fleet: Fleet;
  readonly report: Report;
  /** Within what ours ends by itself. */
  readonly graceMs: number;
  readonly isStopping: () => boolean;
  readonly onChange: () => void;
}

/** The subgraphs that somebody else runs for a time, in place of ours. */
export class Handover {
  readonly #away = new Set<string>();
  readonly #options: HandoverOptions;

  constructor(options: HandoverOptions) {
    this.#options = options;
  }

  /** Whether somebody else runs it now. */
  has(name: string): boolean {
    return this.#away.has(name);
  }

  /** Stops ours, so that another may take its place, until it is given back. */
  async release(name: string): Promise<Release> {
    const { subgraphs, fleet, report, graceMs, isStopping, onChange } = this.#options;
    const service = fleet.get(name);
    if (!service || !subgraphs.some((subgraph) => subgraph.name === name))
      return { refusal: `The running graph has no subgraph "${name}".` };
    if (this.#away.has(name)) return { refusal: `Somebody else runs ${name} already.` };
    this.#away.add(name);
    await service.stop(graceMs);
    report.info(`${name} is run by somebody else until further notice.`);
    onChange();
    return {
      takeBack: () => {
        this.#away.delete(name);
        if (isStopping()) return;
        report.info(`${name} is ours again.`);
        service.start();
      },
    };
  }
}
