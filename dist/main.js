import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-XDX4FT2M.js";import"./chunk-QALJZLSW.js";
