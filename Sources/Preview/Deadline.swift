import NIOCore
import NIOHTTP1

/// Closes a connection whose request, or whose answer, takes too long: the time counts for the whole of it, so that a client that
/// sends a byte now and then gains nothing.
final class Deadline: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let requestTime: TimeAmount
  private let answerTime: TimeAmount
  private var closing: Scheduled<Void>?

  init(requestTime: TimeAmount, answerTime: TimeAmount) {
    self.requestTime = requestTime
    self.answerTime = answerTime
  }

  func channelActive(context: ChannelHandlerContext) {
    close(context.channel, after: requestTime)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { close(context.channel, after: answerTime) }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      let promise = promise ?? context.eventLoop.makePromise()
      let channel = context.channel
      // What is written lies in memory until the other side takes it.
      promise.futureResult.assumeIsolated().whenSuccess { self.close(channel, after: self.requestTime) }
      context.write(data, promise: promise)
    } else {
      context.write(data, promise: promise)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    closing?.cancel()
    context.fireChannelInactive()
  }

  private func close(_ channel: any Channel, after time: TimeAmount) {
    closing?.cancel()
    closing = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
