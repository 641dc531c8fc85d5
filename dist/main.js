import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-GVGJ2DUB.js";import"./chunk-QALJZLSW.js";
