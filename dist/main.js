import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-55FOQNLB.js";import"./chunk-QALJZLSW.js";
