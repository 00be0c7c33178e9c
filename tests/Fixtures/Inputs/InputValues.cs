namespace Integration.Fixtures;

/// <summary>Values that are put where others belong.</summary>
internal static class InputValues
{
    public const string Sha256 = "863b6d8f16dc697bbb5f0d0289fe6df7ee46cde609daa7fbfd8d1f051ca0410f";

    private const string File = $$$"""{"$file":{"store":"s","key":"k","size":1,"sha256":"{{{Sha256}}}"}}""";

    public static readonly string[] All =
    [
        .. """
            null|true|false|{}|[]|[1]|[null]|[[]]|["x"]|["x",null]|[["x"]]|{"a":1}|{"x":null}|{"x":["y"]}|{"x":"y"}|{"a b":{}}
            ""|"x"|"xy"|"xyz"|"no"|"17"|"1.5"|"1.0"|"+5"|"007"|"-1"|".5"|"1."|"1e2"|"0x1"|"NaN"|"Infinity"|" 1"|"1 "|"true"|"null"
            "ü"|"🐎"|"🐎🐎"|"🐎🐎🐎🐎🐎"|"a\u0000b"|"12345"|"123456"|"404"|"4xx"|"4XX"|"400-404"|"0404"|"999"|"6xx"|"GET"|"get"|"Get"
            0|1|2|9|10|-1|1.0|1.00|1e0|10e-1|1.5|1e2|404|404.0|99|600|2147483647|2147483648|-2147483648|-2147483649
            9223372036854775807|9223372036854775808|-9223372036854775808|1e19|0.5|-0.5|-0|2.5|2.50001
            "2147483647"|"2147483648"|"9223372036854775808"
            "2026-12-01T10:00:00Z"|"2026-12-01t10:00:00z"|"2026-12-01T10:00:00"|"2026-12-01T10:00Z"|"2026-12-01"|"2026-13-01"|"2026-02-29"
            "2026-12-01T10:00:00.123456789012+23:59"|"2026-12-01T10:00:00+0100"|"2026-12-01 10:00:00Z"|"tomorrow"
            "0193f1d0-7c1e-7a54-9c0b-0f6f2f0c7a11"|"0193F1D0-7C1E-7A54-9C0B-0F6F2F0C7A11"|"0193f1d07c1e7a549c0b0f6f2f0c7a11"
            """.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        File,
        $"[{File}]",
        $$$"""{"x":{{{File}}}}""",
        File.Replace("1,", "1.0,", StringComparison.Ordinal),
        File.Replace("1,", "-1,", StringComparison.Ordinal),
        File.Replace("1,", "\"1\",", StringComparison.Ordinal),
        File.Replace("1,", "9223372036854775808,", StringComparison.Ordinal),
        File.Replace("\"s\"", "\"\"", StringComparison.Ordinal),
        File.Replace("\"s\"", "null", StringComparison.Ordinal),
        File.Replace("863b", "863B", StringComparison.Ordinal),
        File.Replace("863b", "g63b", StringComparison.Ordinal),
        File.Replace("863b", "", StringComparison.Ordinal),
        File.Replace("\"size\"", "\"bucket\":null,\"name\":\"n\",\"more\":1,\"size\"", StringComparison.Ordinal),
        File.Replace("\"size\"", "\"bucket\":1,\"size\"", StringComparison.Ordinal),
        """{"$file":{}}""",
        """{"$file":null}""",
        """{"$file":"x"}""",
    ];
}
