import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-N5JJK27T.js";import"./chunk-QALJZLSW.js";
