import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-6AYIZHKY.js";import"./chunk-XDX4FT2M.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
