import { afterAll, beforeAll } from 'vitest';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { type Scene, setScene } from './attacker.ts';
import { identityCases } from './identity-cases.ts';
import { inputCases } from './input-cases.ts';
import { operationCases } from './operation-cases.ts';
import { privacyCases } from './privacy-cases.ts';

let platform: TestPlatform;
let scene: Scene;
beforeAll(async () => {
  platform = await startPlatform({ args: ['--production'] });
  await platform.whole();
  scene = await setScene(platform);
}, 90_000);
afterAll(() => platform?.[Symbol.asyncDispose]());

operationCases(() => scene);
inputCases(() => scene);
identityCases(() => scene);
privacyCases(() => scene);
