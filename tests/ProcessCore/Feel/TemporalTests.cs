using Microsoft.Extensions.Time.Testing;

namespace Integration.ProcessCore.Tests.Feel;

public class TemporalTests
{
    [Theory]
    [MemberData(nameof(Construction))]
    public void Temporal_values_are_read_and_written(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Construction =>
        Cases.Of(
            """
            date("2017-12-31") => "2017-12-31"
            date("2016-02-29") => "2016-02-29"
            date("2017-02-29") => null
            date("2017-13-01") => null
            date("2017-12-31T11:22:33") => null
            date("17-12-31") => null
            date("2017-1-1") => null
            date("9999-12-31") => "9999-12-31"
            date("10000-01-01") => null
            date("") => null
            date("abc") => null
            date(null) => null
            date(5) => null
            date(2017, 12, 31) => "2017-12-31"
            date(2017, 2, 29) => null
            date(2017, 13, 1) => null
            date(0, 1, 1) => null
            date(2017.5, 1, 1) => "2017-01-01"
            date(2017, null, 1) => null
            date(year: 2017, month: 8, day: 30) => "2017-08-30"
            date(from: "2012-12-24") => "2012-12-24"
            date(@"2017-12-31T11:22:33Z") => "2017-12-31"
            date(@"2017-12-31") => "2017-12-31"
            time("01:02:03") => "01:02:03"
            time("00:00:00") => "00:00:00"
            time("11:22:33.444") => "11:22:33.444"
            time("11:22:33.1234567") => "11:22:33.1234567"
            time("11:22:33.123456789") => null
            time("23:59:00Z") => "23:59:00Z"
            time("23:59:00z") => "23:59:00Z"
            time("13:20:00+02:00") => "13:20:00+02:00"
            time("13:20:00-05:00") => "13:20:00-05:00"
            time("11:22:33-00:00") => "11:22:33Z"
            time("11:22:33+05:30") => "11:22:33+05:30"
            time("10:30:00@Europe/Paris") => "10:30:00@Europe/Paris"
            time("24:00:00") => null
            time("10:60:00") => null
            time("10:30") => "10:30:00"
            time("10:30:00+25:00") => null
            time("10:30:00@Nowhere/Land") => null
            time("abc") => null
            time(null) => null
            time(12, 30, 15) => "12:30:15"
            time(12, 0, 0, null) => "12:00:00"
            time(11, 59, 45.5, @"-PT0S") => "11:59:45.5Z"
            time(11, 59, 45, duration("PT2H1M")) => "11:59:45+02:01"
            time(11, 59, 45, duration("-PT2H")) => "11:59:45-02:00"
            time(12, null, 45, duration("P0D")) => null
            time(null, 11, 45, null) => null
            time(25, 0, 0) => null
            time(12, 61, 0) => null
            time(hour: 11, minute: 59, second: 0) => "11:59:00"
            time(@"2017-08-10T10:20:00+02:00") => "10:20:00+02:00"
            time(@"2017-08-10") => "00:00:00Z"
            time(@"10:00:00") => "10:00:00"
            date and time("2017-12-31T11:22:33") => "2017-12-31T11:22:33"
            date and time("2017-12-31") => "2017-12-31T00:00:00"
            date and time("2017-12-31T11:22:33.456+01:35") => "2017-12-31T11:22:33.456+01:35"
            date and time("2017-12-31T11:22:33Z") => "2017-12-31T11:22:33Z"
            date and time("2011-12-31T10:15:30@Europe/Paris") => "2011-12-31T10:15:30+01:00"
            string(date and time("2011-12-31T10:15:30@Europe/Paris")) => "2011-12-31T10:15:30@Europe/Paris"
            string(date and time("2011-12-31T10:15:30@Etc/UTC")) => "2011-12-31T10:15:30@Etc/UTC"
            date and time(date("2017-01-01"), time("23:59:01")) => "2017-01-01T23:59:01"
            date and time(date("2017-01-01"), time("23:59:01Z")) => "2017-01-01T23:59:01Z"
            date and time(date("2017-01-01"), time("23:59:01+02:00")) => "2017-01-01T23:59:01+02:00"
            date and time(date and time("2017-08-10T10:20:00"), time("23:59:01")) => "2017-08-10T23:59:01"
            date and time(date and time("2017-08-10T10:20:00+02:00"), time("23:59:01")) => "2017-08-10T23:59:01"
            date and time(@"2020-07-31T14:27:30@Europe/Berlin", "America/Los_Angeles") => "2020-07-31T05:27:30-07:00"
            date and time(@"2020-07-31T14:27:30Z", "Z") => "2020-07-31T14:27:30Z"
            date and time("2017-02-30T00:00:00") => null
            date and time("2017-12-31T24:30:00") => null
            date and time("2017-12-31 11:22:33") => null
            date and time("") => null
            date and time(null) => null
            date and time(null, null) => null
            date and time(date("2017-01-01"), null) => null
            date and time(@"2017-01-01") => null
            duration("PT20M") => "PT20M"
            duration("P1D") => "P1D"
            duration("P2DT3H4M5.25S") => "P2DT3H4M5.25S"
            duration("PT0S") => "P0D"
            duration("PT0.S") => "P0D"
            duration("P0D") => "P0D"
            duration("-PT1H2M") => "-PT1H2M"
            duration("PT1000M") => "PT16H40M"
            duration("PT24H") => "P1D"
            duration("PT240H") => "P10D"
            duration("P2DT100M") => "P2DT1H40M"
            duration("PT3600S") => "PT1H"
            duration("P1Y2M") => "P1Y2M"
            duration("P0Y") => "P0Y"
            duration("-P1Y") => "-P1Y"
            duration("P26M") => "P2Y2M"
            duration("P1Y27M") => "P3Y3M"
            duration("-P100M") => "-P8Y4M"
            duration("P1Y0M2DT6H") => null
            duration("P1YT1H") => null
            duration("PT") => null
            duration("P") => null
            duration("") => null
            duration("1D") => null
            duration("P99999999999999999D") => null
            duration(null) => null
            duration(5) => null
            years and months duration(date("2011-12-22"), date("2013-08-24")) => "P1Y8M"
            years and months duration(date("2013-08-24"), date("2011-12-22")) => "-P1Y8M"
            years and months duration(date("2015-01-21"), date("2016-01-25")) => "P1Y"
            years and months duration(date("2016-01-25"), date("2015-01-21")) => "-P1Y"
            years and months duration(date("2015-01-31"), date("2015-02-28")) => "P0Y"
            years and months duration(@"2014-12-31T23:59:59", @"2019-10-01T12:32:59") => "P4Y9M"
            years and months duration(@"2011-12-22", @"2013-08-24T00:00:00") => "P1Y8M"
            years and months duration(null, date("2011-12-22")) => null
            years and months duration(date("2011-12-22"), "x") => null
            """
        );

    [Theory]
    [MemberData(nameof(Properties))]
    public void Temporal_values_have_properties(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Properties =>
        Cases.Of(
            """
            @"2018-12-10".year => 2018
            @"2018-12-10".month => 12
            @"2018-12-10".day => 10
            @"2018-12-10".weekday => 1
            @"2018-12-16".weekday => 7
            @"2018-12-10".hour => null
            @"10:30:01".hour => 10
            @"10:30:01".minute => 30
            @"10:30:01".second => 1
            @"10:30:01+05:00".time offset => "PT5H"
            @"10:30:01".time offset => null
            @"10:30:01@Etc/UTC".timezone => "Etc/UTC"
            @"10:30:01".timezone => null
            @"10:30:01".year => null
            @"2018-12-10T10:30:01".year => 2018
            @"2018-12-10T10:30:01".month => 12
            @"2018-12-10T10:30:01".day => 10
            @"2018-12-10T10:30:01".weekday => 1
            @"2018-12-10T10:30:01".hour => 10
            @"2018-12-10T10:30:01".minute => 30
            @"2018-12-10T10:30:01.5".second => 1
            @"2018-12-10T10:30:01+05:00".time offset => "PT5H"
            @"2018-07-10T10:30:01@Europe/Paris".time offset => "PT2H"
            @"2018-12-10T10:30:01@Europe/Paris".timezone => "Europe/Paris"
            @"2018-12-10T10:30:01".time offset => null
            @"P120D".days => 120
            @"P1DT2H3M4S".days => 1
            @"P1DT2H3M4S".hours => 2
            @"P1DT2H3M4S".minutes => 3
            @"P1DT2H3M4.5S".seconds => 4
            @"-P1DT2H".hours => -2
            @"P1Y2M".years => 1
            @"P1Y2M".months => 2
            @"-P26M".months => -2
            @"P1Y".days => null
            @"P1D".years => null
            [1..5].start => 1
            (1..5].start included => false
            [1..5].end => 5
            [1..5].end included => true
            [@"2018-12-10", @"2019-12-10"].year => [2018,2019]
            """
        );

    [Theory]
    [MemberData(nameof(Arithmetic))]
    public void Temporal_arithmetic(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Arithmetic =>
        Cases.Of(
            """
            @"2019-01-01" + @"P1D" => "2019-01-02"
            @"P1D" + @"2019-01-01" => "2019-01-02"
            @"2019-01-01" - @"P1D" => "2018-12-31"
            @"2019-01-01" + @"PT23H" => "2019-01-01"
            @"2019-01-01" - @"PT1H" => "2018-12-31"
            @"2020-01-31" + @"P1M" => "2020-02-29"
            @"2020-02-29" + @"P1Y" => "2021-02-28"
            @"2020-03-31" - @"P1M" => "2020-02-29"
            @"2019-01-03" - @"2019-01-01" => "P2D"
            @"2019-01-01" - @"2019-01-03" => "-P2D"
            @"2019-01-02" - @"2019-01-01T00:00:00Z" => null
            @"2019-01-02" - @"2019-01-01T00:00:00" => null
            @"2019-01-01" + @"2019-01-01" => null
            @"2019-01-01" + 1 => null
            @"2019-01-01" - null => null
            @"9999-12-31" + @"P1D" => null
            @"0001-01-01" - @"P1M" => null
            @"10:30:00" + @"PT1H" => "11:30:00"
            @"23:30:00" + @"PT1H" => "00:30:00"
            @"00:30:00" - @"PT1H" => "23:30:00"
            @"10:30:00+02:00" + @"PT1H" => "11:30:00+02:00"
            @"10:30:00" - @"09:00:00" => "PT1H30M"
            @"10:30:00Z" - @"10:30:00+01:00" => "PT1H"
            @"10:30:00" - @"10:30:00Z" => null
            @"10:30:00" + @"P1Y" => null
            @"10:30:00" + @"10:30:00" => null
            @"2019-01-01T10:00:00" + @"PT15H" => "2019-01-02T01:00:00"
            @"2019-01-01T10:00:00" - @"P1D" => "2018-12-31T10:00:00"
            @"2019-01-31T10:00:00Z" + @"P1M" => "2019-02-28T10:00:00Z"
            @"2019-01-01T10:00:00+02:00" + @"PT1H" => "2019-01-01T11:00:00+02:00"
            @"2026-03-29T01:30:00@Europe/Paris" + @"PT1H" => "2026-03-29T03:30:00+02:00"
            @"2019-01-02T10:00:00" - @"2019-01-01T09:00:00" => "P1DT1H"
            @"2019-01-01T10:00:00+01:00" - @"2019-01-01T10:00:00Z" => "-PT1H"
            @"2019-01-01T10:00:00" - @"2019-01-01T10:00:00Z" => null
            @"P1D" + @"PT1H" => "P1DT1H"
            @"P1D" - @"PT1H" => "PT23H"
            @"P1Y" + @"P2M" => "P1Y2M"
            @"P1Y" - @"P2M" => "P10M"
            @"P1Y" + @"P1D" => null
            @"PT1H" * 1.5 => "PT1H30M"
            2 * @"P1D" => "P2D"
            @"P1Y" * 2 => "P2Y"
            @"P1Y" * 0.5 => "P6M"
            @"P1M" * 1.5 => "P1M"
            @"PT1H" / 2 => "PT30M"
            @"PT1H" / @"PT10M" => 6
            @"P1Y" / @"P1M" => 12
            @"P2Y" / 2 => "P1Y"
            @"P1Y" / @"P1D" => null
            @"PT1H" / 0 => null
            @"P1Y" / 0 => null
            @"PT1H" / @"PT0S" => null
            2 / @"P1D" => null
            @"P1D" * @"P1D" => null
            @"P10000000D" * 10 => null
            -@"P1D" => "-P1D"
            -@"P1Y" => "-P1Y"
            """
        );

    [Theory]
    [MemberData(nameof(Functions))]
    public void Temporal_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Functions =>
        Cases.Of(
            """
            day of week(@"2019-09-17") => "Tuesday"
            day of week(@"2019-09-22T10:00:00") => "Sunday"
            day of week("2019-09-17") => null
            day of week(null) => null
            day of year(@"2019-09-17") => 260
            day of year(@"2020-12-31") => 366
            week of year(@"2019-09-17") => 38
            week of year(@"2003-12-29") => 1
            week of year(@"2005-01-01") => 53
            month of year(@"2019-09-17") => "September"
            month of year(@"2019-02-17T00:00:00Z") => "February"
            month of year(null) => null
            last day of month(@"2022-10-01") => "2022-10-31"
            last day of month(@"2020-02-10T10:00:00") => "2020-02-29"
            last day of month(null) => null
            """
        );

    [Fact]
    public void Now_and_today_follow_the_clock_and_its_zone()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-12-31T23:30:00Z"));
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("Test", TimeSpan.FromHours(1), "Test", "Test"));

        Cases.Check("now()", "\"2027-01-01T00:30:00+01:00\"", time: clock);
        Cases.Check("today()", "\"2027-01-01\"", time: clock);
        Cases.Check("now() + duration(\"PT5M\")", "\"2027-01-01T00:35:00+01:00\"", time: clock);
        Cases.Check("now() > date and time(\"2026-12-31T23:29:59Z\")", "true", time: clock);
    }
}
