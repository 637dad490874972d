import { conform } from '../../conforming.fixture.ts';
import { dawn } from './dawn.fixture.ts';
import { webgpuWith } from './webgpu-backend.ts';

const webgpu = webgpuWith(dawn);
const adapter = await webgpu.probe();
conform(adapter.available ? `webgpu on ${adapter.device}` : 'webgpu', webgpu, adapter.available ? null : adapter.reason, 120_000);
