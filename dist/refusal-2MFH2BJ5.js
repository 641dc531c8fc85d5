import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-4GLDGQV4.js";import"./chunk-7H3D44I2.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
