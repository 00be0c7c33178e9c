<?php
// Orders (document/literal, SOAP 1.1 and 1.2) and stock (rpc/literal), by PHP's own SoapServer. A request with the header
// X-Keep is kept beside this file under that name, so that a test can look at what was sent.
class Orders
{
    private ?string $token = null;

    public function Session($header)
    {
        $this->token = $header->token;
    }

    public function PlaceOrder($order)
    {
        switch ($order->customer) {
            case 'unknown':
                throw new SoapFault('Client', 'unknown customer', null, ['code' => 42, 'reason' => 'unknown customer'], 'OrderFault');
            case 'refused':
                throw new SoapFault('Client', 'not in this form');
            case 'crash':
                throw new SoapFault('Server', 'the warehouse does not answer');
            case 'session':
                return ['orderId' => 7, 'total' => 0, 'line' => [['sku' => $this->token ?? 'none', 'qty' => 0]]];
        }
        $total = 0;
        foreach ($order->line as $line) {
            $total += $line->qty;
        }
        return ['orderId' => 1001, 'total' => $total * 9.5, 'line' => $order->line];
    }

    public function GetStatus($number)
    {
        return $number === 1001 ? 'shipped' : 'unknown';
    }

    public function Remind($number)
    {
    }
}

class Stock
{
    public function Reserve($sku, $quantity, $place)
    {
        return ['reserved' => $sku === 'A-1' && $quantity <= 5, 'place' => $place];
    }
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$services = ['/orders' => Orders::class, '/stock' => Stock::class];
if (!isset($services[$path])) {
    return false;
}
$headers = array_change_key_case(getallheaders());
if (preg_match('/^\w+$/', $headers['x-keep'] ?? '', $name)) {
    file_put_contents(__DIR__ . "/$name[0].xml", file_get_contents('php://input'));
    file_put_contents(__DIR__ . "/$name[0].json", json_encode($headers));
}
$server = new SoapServer(__DIR__ . "$path.wsdl", ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$server->setClass($services[$path]);
$server->handle();
