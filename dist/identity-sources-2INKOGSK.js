import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-GASVIT6S.js";import"./chunk-ER4HMOCQ.js";import"./chunk-UMZ2QHZL.js";import"./chunk-7H3D44I2.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
