// Prints for each file given: its size, a space, its size after brotli.
const { readFileSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");

for (const path of process.argv.slice(1)) {
  const content = readFileSync(path);
  const compressed = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  console.log(`${content.length} ${compressed.length}`);
}
