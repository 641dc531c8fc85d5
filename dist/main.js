import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-7H3D44I2.js";import"./chunk-QALJZLSW.js";
