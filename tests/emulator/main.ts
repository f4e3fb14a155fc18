/** The emulator alone, on fixed ports, until Ctrl+C. */
import { parseArgs } from 'node:util';
import { startEmulator } from './emulator.ts';
import { SAMPLE_POPULATIONS } from './population/samples.ts';
import { PROVIDERS } from './providers/all.ts';

const HELP = `Usage: npm run emulator -- [--tls-port 8443] [--http-port 8080] [--latency MS]

Speaks the providers' APIs and shows look-alike X and TikTok pages, on this machine alone.`;

const { values } = parseArgs({
  options: {
    'tls-port': { type: 'string', default: '8443' },
    'http-port': { type: 'string', default: '8080' },
    latency: { type: 'string', default: '150' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

function whole(name: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most)
    throw new Error(`--${name} takes a whole number up to ${String(most)}, not ${text}`);
  return number;
}

if (values.help) {
  console.log(HELP);
} else {
  const emulator = await startEmulator({
    tlsPort: whole('tls-port', values['tls-port'], 65_535),
    httpPort: whole('http-port', values['http-port'], 65_535),
  });
  const latencyMs = whole('latency', values.latency, 120_000);
  for (const { id } of PROVIDERS) emulator.key({ provider: id, latencyMs });

  console.log('The emulator is running. Enter these in the settings of Followledger, under Advanced:\n');
  for (const { id, name, defaultKey } of PROVIDERS) {
    console.log(`  ${name}\n    API base URL  ${emulator.baseUrl(id)}\n    API key       ${defaultKey}`);
  }
  const samples = SAMPLE_POPULATIONS.map(({ platform, handle, followers, following }) => {
    const where = platform === 'x' ? `https://x.com/${handle}` : `https://www.tiktok.com/@${handle}`;
    return `  ${where.padEnd(42)} ${String(followers).padStart(9)} followers ${String(following).padStart(4)} following`;
  });
  console.log(`\nProfiles:\n\n${samples.join('\n')}`);
  console.log(`
To see these pages at their own addresses, start Chromium with a separate profile:

  chromium --user-data-dir="$(mktemp -d)" --ignore-certificate-errors \\
    --host-resolver-rules="MAP * 127.0.0.1:${String(emulator.tlsPort)}, EXCLUDE 127.0.0.1" https://x.com/ada_research

Firefox: use 127.0.0.1:${String(emulator.httpPort)} as its HTTPS proxy, and accept the certificate.
Press Ctrl+C to stop the emulator.`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void emulator.close();
    });
  }
}
