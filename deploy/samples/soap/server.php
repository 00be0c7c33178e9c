<?php
// A discount for a customer, by SOAP 1.1. GET gives the WSDL.
class Orders
{
    public function Rate($asked)
    {
        return ['discount' => ($asked->city ?? '') === 'São Paulo' ? '12.50' : '5.00'];
    }
}

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    header('Content-Type: text/xml; charset=utf-8');
    readfile(__DIR__ . '/orders.wsdl');
    return;
}

$server = new SoapServer(__DIR__ . '/orders.wsdl', ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setClass('Orders');
$server->handle();
