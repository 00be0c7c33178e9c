using System.Text.Json;
using Integration.Contracts;

namespace Integration.Soap.Tests;

public sealed class Faults(SoapFixture soap)
{
    [Theory]
    [InlineData("Orders11", """{"code":"UNKNOWN_CUSTOMER","fault":"OrderFault"}""")]
    [InlineData("Orders12", """{"code":"UNKNOWN_CUSTOMER","fault":"OrderFault"}""")]
    [InlineData("Orders11", """{"code":"UNKNOWN_CUSTOMER","fault":"{urn:orders}OrderFault"}""")]
    [InlineData("Orders11", """{"code":"UNKNOWN_CUSTOMER","faultCode":"Client"}""")]
    [InlineData("Orders12", """{"code":"UNKNOWN_CUSTOMER","faultCode":"Sender"}""")]
    [InlineData("Orders11", """{"code":"UNKNOWN_CUSTOMER","when":{"pointer":"/OrderFault/code","equals":42}}""")]
    public async Task A_fault_that_the_task_declares_is_a_business_error_with_its_detail(string port, string declared)
    {
        var answer = await soap.CallAsync(
            Order(
                "unknown",
                port,
                $$$""","errors":[{"code":"OTHER","when":{"pointer":"/OrderFault/code","equals":1}},{{{declared}}}]"""
            )
        );
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("UNKNOWN_CUSTOMER");
        error.Message.ShouldBe("unknown customer");
        var detail = error.Data!.Value.GetProperty("detail").GetProperty("OrderFault");
        detail.GetProperty("code").GetInt32().ShouldBe(42);
        detail.GetProperty("reason").GetString().ShouldBe("unknown customer");
    }

    [Fact]
    public async Task A_fault_that_only_the_WSDL_declares_is_an_error_in_the_data()
    {
        var error = await soap.ErrorAsync(Order("unknown", "Orders11"));
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("declared-fault");
        error.Retryable.ShouldBeFalse();
        error.Status.ShouldBe(500);
        error.Message.ShouldContain("'unknown customer'");
        error.Message.ShouldContain("declares it as 'OrderFault'");
        error
            .Details!.Value.GetProperty("detail")
            .GetProperty("OrderFault")
            .GetProperty("code")
            .GetInt32()
            .ShouldBe(42);
    }

    [Theory]
    [InlineData("Orders11")]
    [InlineData("Orders12")]
    public async Task The_service_does_not_accept_the_message(string port)
    {
        var error = await soap.ErrorAsync(Order("refused", port));
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("sender-fault");
        error.Message.ShouldContain("'not in this form'");
        error.Target.ShouldBe(soap.Servers.Php.Authority);
    }

    [Fact]
    public async Task The_service_fails_and_nobody_knows_what_it_did()
    {
        var error = await soap.ErrorAsync(Order("crash", "Orders11"));
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        error.Message.ShouldContain("'the warehouse does not answer'");
    }

    [Fact]
    public async Task The_service_fails_and_may_be_asked_again()
    {
        var error = await soap.ErrorAsync(
            Order("crash", "Orders11").Replace("orders-file", "orders-idempotent", StringComparison.Ordinal)
        );
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("receiver-fault");
        error.Retryable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("documents", """{"code":"LOCKED","faultCode":"Client.Locked"}""")]
    [InlineData("documents", """{"code":"LOCKED","when":{"pointer":"/by","equals":"Ada"}}""")]
    public async Task A_fault_of_spyne_that_no_WSDL_declares_is_found_by_its_code_and_detail(
        string service,
        string declared
    )
    {
        var answer = await soap.CallAsync(
            $$$"""{"service":"{{{service}}}","operation":"Keep","input":{"document":{"title":"locked"}},"errors":[{{{declared}}}]}"""
        );
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("LOCKED");
        error.Data!.Value.GetProperty("detail").GetProperty("by").GetString().ShouldBe("Ada");
    }

    [Fact]
    public async Task A_subcode_of_SOAP_12_is_found()
    {
        var answer = await soap.CallAsync(
            """{"service":"documents-12","operation":"Keep","input":{"document":{"title":"locked"}},"errors":[{"code":"LOCKED","faultCode":"Locked"}]}"""
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("LOCKED");
    }

    [Fact]
    public async Task A_declared_fault_of_npm_soap()
    {
        var answer = await soap.CallAsync(
            """{"service":"shipping","operation":"Ship","input":{"order":404},"errors":[{"code":"NO_ADDRESS","message":"It has no address.","fault":"AddressFault"}]}"""
        );
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("NO_ADDRESS");
        error.Message.ShouldBe("It has no address.");
        JsonSerializer.Serialize(error.Data).ShouldContain("street");
    }

    [Fact]
    public async Task A_header_that_the_service_does_not_know_is_told()
    {
        var error = await soap.ErrorAsync(
            Order("Ada", "Orders11").Replace("orders-file", "orders-secured", StringComparison.Ordinal)
        );
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("header-not-understood");
    }

    private static string Order(string customer, string port, string more = "") =>
        $$$"""{"service":"orders-file","operation":"PlaceOrder","port":"{{{port}}}","input":{"customer":"{{{customer}}}","line":[{"sku":"x","qty":1}]}{{{more}}}}""";
}
