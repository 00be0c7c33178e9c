<?php
// Says as JSON what PHP itself has understood of a POST.
$files = [];
foreach ($_FILES as $field => $file) {
    $files[] = [
        'field' => $field,
        'name' => $file['name'],
        'type' => $file['type'],
        'size' => $file['size'],
        'error' => $file['error'],
        'sha256' => $file['error'] === 0 ? hash_file('sha256', $file['tmp_name']) : null,
    ];
}
header('Content-Type: application/json');
echo json_encode(['fields' => (object)$_POST, 'files' => $files], JSON_UNESCAPED_UNICODE);
