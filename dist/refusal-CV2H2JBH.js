import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{l as a}from"./chunk-VK5RXFQI.js";import"./chunk-YXQUIEFY.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
