import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // Every page is the same file; the program answers with it wherever a browser asks for a page. Compressed once here, not at each request.
    adapter: adapter({ fallback: 'index.html', precompress: true }),
    // The program is served from the root of its own address, and a page may lie any number of folders deep.
    paths: { relative: false }
  }
};
