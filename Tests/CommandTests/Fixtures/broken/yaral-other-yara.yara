// A rule on files, in YARA: yaral-file.
rule dropper : example {
  strings:
    $a = { 4D 5A 90 }
  condition:
    $a at 0
}
