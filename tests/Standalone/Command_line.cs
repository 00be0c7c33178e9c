namespace Integration.Standalone.Tests;

public sealed class Command_line
{
    [Fact]
    public void Nothing_is_needed()
    {
        var (arguments, problem) = Arguments.Parse([]);

        problem.ShouldBeNull();
        arguments!.Once.ShouldBeFalse();
        arguments.Port.ShouldBeNull();
        arguments.Data.ShouldBeNull();
    }

    [Theory]
    [InlineData("--port", "6100", "--data", "here")]
    [InlineData("--port=6100", "--data=here")]
    public void A_value_follows_its_argument_or_an_equals_sign(params string[] args)
    {
        var (arguments, problem) = Arguments.Parse(args);

        problem.ShouldBeNull();
        arguments!.Port.ShouldBe(6100);
        arguments.Data.ShouldBe("here");
    }

    [Theory]
    [InlineData("--nonce", "--nonce")]
    [InlineData("once", "once")]
    [InlineData("--once=true", "--once=true")]
    [InlineData("--port", "--port needs a number")]
    [InlineData("--port=http", "--port needs a number")]
    [InlineData("--port=80", "from 1024 to 65445")]
    [InlineData("--port=65500", "from 1024 to 65445")]
    [InlineData("--data", "--data needs a folder")]
    [InlineData("--data=", "--data needs a folder")]
    public void What_is_not_understood_is_named(string argument, string named)
    {
        var (arguments, problem) = Arguments.Parse([argument]);

        arguments.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(named);
    }

    [Fact]
    public void The_ports_follow_the_first_one()
    {
        var ports = new Ports(6100);
        (ports.Core, ports.Treatment, ports.Rest, ports.Samples).ShouldBe((6100, 6101, 6110, 6190));
        (ports.Soap, ports.S3, ports.Mail, ports.Ldap, ports.Sql).ShouldBe((6111, 6112, 6113, 6114, 6115));
        (Ports.Free.Core, Ports.Free.Samples).ShouldBe((0, 0));
        new Ports(Ports.LargestFirst).Samples.ShouldBe(65535);
    }
}
