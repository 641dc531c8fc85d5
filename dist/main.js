import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-HPXVNMM2.js";import"./chunk-QALJZLSW.js";
