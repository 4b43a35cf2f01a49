import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { securityHeaders } from './app/_glue/security-headers'

const withTexts = createNextIntlPlugin('./app/_glue/texts.ts')

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or worker-using packages stay outside the bundle.
  serverExternalPackages: ['pg', '@node-rs/argon2', 'nodemailer', 'pino', 'smpp', 'ssh2', 'ssh2-sftp-client'],
  // What proxy.ts leaves out; everything else gets them there, or sets its own (PROMISES 9.8).
  headers: () =>
    Promise.resolve(
      ['/_next/static/:path*', '/_next/image', '/favicon.ico'].map((source) => ({
        source,
        headers: securityHeaders.map(([key, value]) => ({ key, value })),
      })),
    ),
  // Types are checked over the whole project, tests included, by npm test; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // lucide is one file per icon; only those in use are compiled.
    optimizePackageImports: ['lucide-react', 'radix-ui'],
    serverActions: { bodySizeLimit: '64kb' },
  },
}

export default withTexts(config)
