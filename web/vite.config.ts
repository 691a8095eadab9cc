import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// For `npm run dev`: pages from here, answers from a Plimsoll that runs.
const plimsoll = process.env.PLIMSOLL_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  server: { proxy: { '/api': plimsoll } },
  build: {
    // A data: address in a style sheet would need a hole in the content security policy.
    assetsInlineLimit: 0
  }
});
