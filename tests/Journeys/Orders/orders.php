<?php
// Takes orders over SOAP, by PHP's own SoapServer.
class Orders
{
    public function PlaceOrder($order)
    {
        $pieces = array_sum(array_map(fn($line) => $line->qty, $order->line));
        return ['orderId' => 1001, 'total' => $pieces * 9.5];
    }
}

$features = ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS];
$server = new SoapServer(__DIR__ . '/orders.wsdl', $features);
$server->setClass(Orders::class);
$server->handle();
