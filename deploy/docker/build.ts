import { bundleServices } from '@community/launcher/bundle';
import { FRONT_DOOR, HIVE_ROUTER } from '@community/launcher/engines';
import { selectServices } from '@community/launcher/services';

// Bundles every process into .build, for an image that starts them without a launcher.
const { subgraphs, registry, gateway } = selectServices(process.cwd(), undefined, {});
const services = [...subgraphs, ...(registry ? [registry] : []), gateway, FRONT_DOOR, HIVE_ROUTER];
await bundleServices(process.cwd(), services);
console.log(`built ${services.map(({ name }) => name).join(', ')}`);
