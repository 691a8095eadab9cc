import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => ({
  plugins: [tailwindcss(), sveltekit()],
  // For `npm run dev`: pages from here, answers from a Plimsoll that runs.
  server: { proxy: { '/api': loadEnv(mode, '.', 'PLIMSOLL_').PLIMSOLL_SERVER ?? 'http://127.0.0.1:8080' } },
  preview: { proxy: { '/api': loadEnv(mode, '.', 'PLIMSOLL_').PLIMSOLL_SERVER ?? 'http://127.0.0.1:8080' } },
  build: {
    // A data: address in a style sheet would need a hole in the content security policy.
    assetsInlineLimit: 0
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Dozens of small files cost a phone more round trips than they save bytes: what every page needs is one file.
            codeSplitting: { groups: [{ name: 'frame', test: /node_modules|src\/lib\/(api|frame|live|parts)\// }] }
          }
        }
      }
    }
  }
}));
