<?php
// Print the procedures with which the specified residence card can be applied for, by kind of office.

$locale = $argv[2] ?? 'en';
$data = json_decode(file_get_contents($argv[1] . 'data/v1/procedures.json'), true);

if (!str_starts_with($data['schema_version'], '1.')) {
    exit("made for version 1 of the data\n");
}

foreach ($data['office_kinds'] as $kind) {
    echo "\n{$kind['name'][$locale]} (as of {$data['as_of']})\n";
    foreach ($data['procedures'] as $procedure) {
        if ($procedure['office_kind'] !== $kind['id']) {
            continue;
        }
        $when = array_map(fn ($each) => "{$each['text'][$locale]} [{$each['state']}]", $procedure['deadline']);
        echo "- {$procedure['sign']} {$procedure['name'][$locale]}: " . implode(' ', $when) . "\n";
    }
}
