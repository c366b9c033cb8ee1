/// Queries over the example catalog with the keys of the rules that they find, without the dialect, in the order shown: worked out by
/// hand from the files in `catalog/rules/sigma`. The terminal and the search page must both answer so.
public let searchQueries: [(query: String, found: [String])] = [
  // In titles; the gravest first.
  ("lsass", ["proc_creation_win_lsass_dumped_by_tool", "proc_access_win_lsass_read_across_accounts"]),
  ("LSASS -suspicious", ["proc_creation_win_lsass_dumped_by_tool"]),
  (
    "title:logon -title:failed",
    ["mr_win_password_spray_then_logon", "win_security_logon_from_network"]
  ),
  // The word in the title counts before the level, the retired rule comes last among those, and one is found by its product.
  (
    "okta",
    [
      "okta_session_start_by_scripting_client", "okta_session_start_from_unexpected_country", "okta_factors_reset",
      "okta_authenticator_removed_by_other",
    ]
  ),
  // A technique with its sub-techniques, by id and by name; of those alike in all, by key.
  (
    "technique:T1059 level:high",
    [
      "posh_ps_malware_scan_interface_patched", "proc_creation_lnx_reverse_shell_one_liner",
      "proc_creation_macos_script_asks_for_password", "proc_creation_win_office_starts_interpreter",
      "proc_creation_win_powershell_encoded_web_client",
    ]
  ),
  (
    "TECHNIQUE:\"Command and Scripting Interpreter\" -product:windows",
    ["proc_creation_lnx_reverse_shell_one_liner", "proc_creation_macos_script_asks_for_password"]
  ),
  (
    "technique:t1059.001",
    ["posh_ps_malware_scan_interface_patched", "proc_creation_win_powershell_encoded_web_client"]
  ),
  ("tactic:impact level:low", ["mr_aws_backup_not_once_a_day"]),
  ("tactic:TA0040 status:experimental", ["net_connection_lnx_mining_pool", "mr_aws_backup_not_once_a_day"]),
  // Exact words, where a hyphen at their start would else ask for the contrary.
  ("\"-enc\"", ["proc_creation_win_powershell_encoded_web_client"]),
  ("\"web client", ["proc_creation_win_powershell_encoded_web_client"]),
  // Fields; by another schema's name too, where the rule's log source agrees.
  ("field:CommandLine level:critical", ["proc_creation_win_lsass_dumped_by_tool"]),
  (
    "field:commandline -product:windows",
    [
      "proc_creation_lnx_reverse_shell_one_liner", "proc_creation_macos_script_asks_for_password",
      "proc_creation_macos_keychain_read", "proc_creation_unix_shell_history_suppressed-a1ba1911",
      "proc_creation_unix_shell_history_suppressed-a37c2a1d",
    ]
  ),
  // What a rule looks for, and what it leaves out.
  ("value:rundll32 excludes:rundll32", ["proc_creation_win_office_starts_interpreter"]),
  ("value:printui.dll", []),
  ("excludes:rundll32", ["proc_creation_win_office_starts_interpreter"]),
  (
    "excludes:C:\\Windows\\",
    ["image_load_win_unsigned_library_beside_system_program", "file_change_win_creation_time_set_back"]
  ),
  // The event of a rule is that of the correlations over it.
  (
    "event:4625",
    ["mr_win_password_spray_then_logon", "mr_win_password_spray", "win_security_logon_failed"]
  ),
  // Groups and software that tags name, by id, name or alias.
  (
    "group:octo -dialect:elastic",
    [
      "proc_creation_win_rclone_copies_to_remote", "okta_authenticator_removed_by_other",
      "dns_query_win_remote_support_service",
    ]
  ),
  ("software:mimikatz", ["win_security_directory_replication_by_user", "proc_access_win_lsass_read_across_accounts"]),
  ("provider:defender", ["win_defender_protection_turned_off"]),
  // The thing of exactly that name, or else all with it in a name.
  ("category:dns", ["net_dns_long_encoded_label"]),
  ("category:dns_", ["dns_query_win_remote_support_service"]),
  ("author:contoso", ["proc_creation_win_renamed_dual_use_program"]),
  ("author:\"Contoso Detection Engineering\" status:test", ["proc_creation_win_renamed_dual_use_program"]),
  (
    "level:critical status:stable",
    ["web_cve_2024_4577_soft_hyphen_argument", "win_security_directory_replication_by_user"]
  ),
  ("status:deprecated dialect:sigma", ["okta_factors_reset", "proc_creation_win_certutil_url_cache"]),
  ("id:9dbf28a5", ["mr_aws_new_key_tried_at_once-9dbf28a5"]),
  ("id:sigma/okta_f", ["okta_factors_reset"]),
  // What isn't a filter's name is a part of the word; what says nothing is left out.
  ("https://okta", []),
  ("okta level: -title:okta", ["okta_authenticator_removed_by_other"]),
]
