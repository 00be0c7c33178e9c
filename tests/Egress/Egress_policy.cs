using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Integration.Egress.Tests;

public sealed class Egress_policy
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    public void Public_addresses_may_be_called_without_any_setting(string address) =>
        Check(new EgressOptions(), address).ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fe00::5efe:127.0.0.1")]
    [InlineData("2001:0:808:808::80ff:fffe")]
    public void Loopback_needs_its_setting_however_it_is_written(string address)
    {
        var refusal = Check(new EgressOptions { AllowPrivate = true }, address).ShouldNotBeNull();
        refusal.WayOut.ShouldContain("Egress__AllowLoopback=true");
        Check(new EgressOptions { AllowLoopback = true }, address).ShouldBeNull();
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("192.0.0.8")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fec0::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1:a00:0:100::")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:0:a00:1::f7f7:f7f7")]
    [InlineData("2a00::200:5efe:192.168.0.1")]
    public void Private_addresses_need_their_setting_however_they_are_written(string address)
    {
        var refusal = Check(new EgressOptions { AllowLoopback = true }, address).ShouldNotBeNull();
        if (!address.StartsWith("64:ff9b:1:", StringComparison.Ordinal))
            refusal.WayOut.ShouldContain("Egress__AllowPrivate=true");
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("febf::1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:a9fe:a9fe::f7f7:f7f7")]
    [InlineData("2001:0:808:808::5601:5601")]
    [InlineData("::ffff:0.0.0.0")]
    public void No_setting_allows_metadata_services_and_addresses_that_are_no_host(string address)
    {
        var everything = new EgressOptions
        {
            AllowLoopback = true,
            AllowPrivate = true,
            Allow = "*, 0.0.0.0/0, ::/0",
        };
        Check(everything, address).ShouldNotBeNull().WayOut.ShouldBe("No setting allows this.");
    }

    [Theory]
    [InlineData("api.example.org", "api.example.org", true)]
    [InlineData("api.example.org", "API.Example.ORG.", true)]
    [InlineData("api.example.org", "xapi.example.org", false)]
    [InlineData("*.example.org", "a.b.example.org", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "badexample.org", false)]
    [InlineData("*.example.org", "example.org.evil.test", false)]
    [InlineData("münchen.example", "xn--mnchen-3ya.example", true)]
    [InlineData("*", "anything.test", true)]
    [InlineData("api.example.org:443", "api.example.org", true)]
    [InlineData("api.example.org:8443", "api.example.org", false)]
    [InlineData("*:443", "anything.test", true)]
    [InlineData("8.8.8.0/24", "anything.test", true)]
    [InlineData("8.8.8.0/24:443", "anything.test", true)]
    [InlineData("8.8.8.77/24", "anything.test", true)]
    [InlineData("8.8.8.8", "anything.test", true)]
    [InlineData("8.8.9.0/24", "anything.test", false)]
    [InlineData("other.test, api.example.org", "api.example.org", true)]
    public void An_allow_list_is_exclusive(string allow, string host, bool allowed)
    {
        var refusal = new EgressPolicy(new EgressOptions { Allow = allow }).Check(
            host,
            IPAddress.Parse("8.8.8.8"),
            443
        );
        (refusal is null).ShouldBe(allowed);
        if (!allowed)
            refusal!.WayOut.ShouldContain("to Egress__Allow");
    }

    [Theory]
    [InlineData("bad.test")]
    [InlineData("*.test")]
    [InlineData("8.0.0.0/8")]
    [InlineData("8.8.8.8:443")]
    [InlineData("*")]
    public void A_deny_rule_wins_over_everything(string deny)
    {
        var policy = new EgressPolicy(new EgressOptions { Allow = "bad.test, *", Deny = deny });
        var refusal = policy.Check("bad.test", IPAddress.Parse("8.8.8.8"), 443).ShouldNotBeNull();
        refusal.Reason.ShouldContain($"'{deny}'");
    }

    [Fact]
    public void A_denied_address_is_denied_behind_a_translating_gateway_too() =>
        Check(new EgressOptions { Deny = "8.8.8.0/24" }, "64:ff9b::8.8.8.8").ShouldNotBeNull();

    [Fact]
    public void A_rule_with_a_network_allows_the_private_addresses_in_it_and_no_others()
    {
        var options = new EgressOptions { Allow = "*, 10.1.0.0/16:8080, fd12::/16" };
        Check(options, "10.1.2.3", 8080).ShouldBeNull();
        Check(options, "fd12::7").ShouldBeNull();
        Check(options, "10.1.2.3", 22).ShouldNotBeNull();
        Check(options, "10.2.2.3", 8080).ShouldNotBeNull();
    }

    [Fact]
    public void A_rule_with_a_name_does_not_open_private_addresses_because_names_can_be_pointed_anywhere() =>
        new EgressPolicy(new EgressOptions { Allow = "erp.example.org" })
            .Check("erp.example.org", IPAddress.Parse("10.0.0.1"), 443)
            .ShouldNotBeNull()
            .WayOut.ShouldContain("add '10.0.0.1' to Egress__Allow");

    [Theory]
    [InlineData("http://api.example.org")]
    [InlineData("api.example.org:0")]
    [InlineData("api.example.org:70000")]
    [InlineData("api.example.org:https")]
    [InlineData("10.0.0.0/33")]
    [InlineData("[fd12::1]x")]
    [InlineData("a.*.example.org")]
    public void A_rule_that_cannot_be_read_is_refused_at_start(string rule)
    {
        var problems = new EgressOptions { Allow = $"fine.test, {rule}" }
            .Validate(new ValidationContext(new object()))
            .ToList();
        problems.ShouldHaveSingleItem().ErrorMessage!.ShouldStartWith($"Egress__Allow: '{rule}' is no rule.");
        new EgressOptions { Deny = rule }
            .Validate(new ValidationContext(new object()))
            .ShouldHaveSingleItem();
    }

    [Fact]
    public void Rules_with_every_form_are_accepted() =>
        new EgressOptions
        {
            Allow =
                "api.example.org, *.example.org:443, 10.1.0.0/16, 10.1.0.0/16:636, fd12::/16, [fd12::/16]:636, fd12::1, *:25",
        }
            .Validate(new ValidationContext(new object()))
            .ShouldBeEmpty();

    private static EgressRefusal? Check(EgressOptions options, string address, int port = 443) =>
        new EgressPolicy(options).Check(address, IPAddress.Parse(address), port);
}
