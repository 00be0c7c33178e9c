using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.ProcessCore.Tests.Api;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Core:Name=Process.Core", "Core__Name")]
    [InlineData("Core:TaskDeadline=00:00:00", "Core__TaskDeadline")]
    [InlineData("Core:MessageTimeToLive=-00:00:01", "Core__MessageTimeToLive")]
    [InlineData("Core:RequestRetention=00:00:01", "Core__RequestRetention")]
    [InlineData("Core:PollInterval=00:00:00", "Core__PollInterval")]
    [InlineData("Core:OutboxLease=00:00:00", "Core__OutboxLease")]
    [InlineData("Core:Prefetch=0", "Core__Prefetch")]
    [InlineData("Core:DefinitionLimit=1", "Core__DefinitionLimit")]
    public async Task A_wrong_setting_is_refused_at_start_by_its_name(string setting, string name)
    {
        await using var app = ProcessCoreService.Create([$"--{setting}", "--urls=http://127.0.0.1:0"]);

        var refusal = Should.Throw<OptionsValidationException>(() =>
            app.Services.GetRequiredService<IOptions<CoreOptions>>().Value
        );

        refusal.Failures.ShouldHaveSingleItem().ShouldContain(name);
    }

    [Fact]
    public async Task The_defaults_are_right()
    {
        await using var app = ProcessCoreService.Create([]);

        app.Services.GetRequiredService<IOptions<CoreOptions>>().Value.Name.ShouldBe("process-core");
    }
}
