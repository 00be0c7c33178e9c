using Integration.Fixtures;
using Integration.Standalone.Running;

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
        ServiceList.All.Select(ports.Of).ShouldBe(ServiceRow.All.Select(row => row.Port + 1000));
        ports.Samples.ShouldBe(6190);
        ServiceList.All.Select(Ports.Free.Of).Append(Ports.Free.Samples).ShouldAllBe(port => port == 0);
        new Ports(Ports.LargestFirst).Samples.ShouldBe(65535);
    }
}
