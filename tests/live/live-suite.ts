import { describe } from 'vitest';
import type { TestPlatform } from '../platform.ts';
import { usePlatform } from '../suite-platform.ts';
import { badInputCases } from './bad-input-cases.ts';
import { deliveryCases } from './delivery-cases.ts';
import { privacyCases } from './privacy-cases.ts';
import { resumeCases } from './resume-cases.ts';
import { type Scene, setScene } from './scene.ts';

/** A platform with an engine in it. */
export interface Engine {
  readonly name: string;
  start(): Promise<TestPlatform>;
  /** The processes between clients and subgraphs. */
  readonly router: readonly string[];
}

/** What clients meet on the whole platform, whatever engine plans and joins there: one platform for all cases. */
export function liveSuite(engine: Engine): void {
  describe(`live on ${engine.name}`, () => {
    let scene: Scene;
    usePlatform(engine.start, async (platform) => {
      scene = await setScene(platform);
    });

    deliveryCases(() => scene);
    privacyCases(() => scene);
    badInputCases(() => scene);
    resumeCases(() => scene, engine.router);
  });
}
