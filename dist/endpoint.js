import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-ENJ6OCJ6.js";import"./chunk-QALJZLSW.js";
