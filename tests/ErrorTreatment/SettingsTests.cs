using Integration.Fixtures;
using Microsoft.Extensions.Options;

namespace Integration.ErrorTreatment.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Treatment:Connectivity:Retries=-1", "Treatment__Connectivity__Retries is -1; it may be 0 to 1000.")]
    [InlineData("Treatment:Volumetric:Factor=0.5", "Treatment__Volumetric__Factor is 0.5; it may be 1 to 100.")]
    [InlineData("Treatment:Internal:Jitter=2", "Treatment__Internal__Jitter is 2; it may be 0 to 1.")]
    [InlineData("Treatment:Internal:Delay=-00:00:01", "Treatment__Internal__Delay is -00:00:01; it may be more than")]
    [InlineData("Treatment:Connectivity:Delay=01:00:00", "at least Connectivity__Delay, 01:00:00.")]
    [InlineData("Treatment:Prefetch=0", "Treatment__Prefetch is 0; it may be 1 to 10000.")]
    [InlineData("Treatment:LargestEvent=1", "Treatment__LargestEvent is 1; it may be 1024")]
    [InlineData("Treatment:AnswerWithin=00:00:00", "Treatment__AnswerWithin is 00:00:00; it may be more than")]
    public async Task A_wrong_setting_is_named_at_start(string setting, string message)
    {
        using var folder = new TemporaryFolder();
        await using var app = ErrorTreatmentService.Create([
            "--Urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=None",
            $"--Storage:ConnectionString=Data Source={folder.Combine("treatment.db")}",
            $"--{setting}",
        ]);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Message.ShouldContain(message);
    }
}
