import { readFileSync } from 'node:fs';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const MODULE = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));

/** The message of the engine's last panic, which the thrown `unreachable` does not carry. */
let panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message;
  },
};

// The package's own entry imports the module as ESM does, which Node 20 does not know.
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(MODULE)), {
  './schema_engine_bg.js': bindings,
});
bindings.__wbg_set_wasm(exports);
exports.__wbindgen_start();

export const { SchemaEngine, version } = bindings;

/** The message of a panic since the last call. */
export function takePanic() {
  const message = panic;
  panic = undefined;
  return message;
}
