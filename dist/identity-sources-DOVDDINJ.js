import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-3XL76J5Y.js";import"./chunk-QUBIP3HM.js";import"./chunk-ER4HMOCQ.js";import"./chunk-XDX4FT2M.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
