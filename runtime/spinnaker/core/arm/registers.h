/* Addresses and registers of a SpiNNaker chip that core programs use, from its data sheet (sections
   3 and 5 to 8) and spinnaker_tools' include/spinnaker.h. Numbers only: assembly, core programs and
   the simulator share them. */
#ifndef ENGRAM_SPINNAKER_ARM_REGISTERS_H
#define ENGRAM_SPINNAKER_ARM_REGISTERS_H

#define ITCM_BASE 0x00000000
#define ITCM_SIZE 0x00008000
#define DTCM_BASE 0x00400000
#define DTCM_SIZE 0x00010000
#define SDRAM_BASE 0x60000000 /* writes are buffered */
#define SDRAM_UNBUFFERED 0x70000000
#define SDRAM_SIZE 0x08000000
#define SYSRAM_BASE 0xe5000000
#define SYSRAM_SIZE 0x00008000

/* Communications controller. */
#define CC_BASE 0x10000000
#define CC_TCR 0x00    /* transmit control; bit 28: not full */
#define CC_TXDATA 0x04 /* payload: the packet that goes next has one */
#define CC_TXKEY 0x08  /* sends */
#define CC_RSR 0x0c    /* bits 23 to 16: control byte of the packet received */
#define CC_RXDATA 0x10
#define CC_RXKEY 0x14 /* reading it takes the packet */
#define CC_TX_NOT_FULL 0x10000000
#define CC_RX_PAYLOAD 0x00020000

/* Timer 1. */
#define TIMER_BASE 0x11000000
#define TIMER_LOAD 0x00
#define TIMER_CONTROL 0x08
#define TIMER_CLEAR 0x0c
#define TIMER_BACKGROUND_LOAD 0x18
#define TIMER_RUN 0xe2 /* enabled, periodic, interrupts, 32 bits */

/* Vectored interrupt controller. */
#define VIC_BASE 0x1f000000
#define VIC_IRQ_STATUS 0x00
#define VIC_FIQ_STATUS 0x04
#define VIC_RAW 0x08
#define VIC_SELECT 0x0c
#define VIC_ENABLE 0x10
#define VIC_DISABLE 0x14
#define INT_TIMER1 4
#define INT_DMA_DONE 12
#define INT_CC_MC 24

/* DMA controller. */
#define DMA_BASE 0x30000000
#define DMA_SYSTEM 0x04
#define DMA_TCM 0x08
#define DMA_DESCRIPTION 0x0c /* starts the transfer */
#define DMA_CONTROL 0x10
#define DMA_STATUS 0x14 /* bits 31 to 24: number of the processor */
#define DMA_DOUBLE_WORDS 0x01000000
#define DMA_BURST 0x00800000 /* of 16 beats */
#define DMA_TO_SYSTEM 0x00080000
#define DMA_CLEAR_DONE 0x08

/* What the host tells a processor, as SARK's vcpu_t has it: 128 bytes each, words 'user' 0 to 3
 * from byte 112. */
#define VCPU_BASE 0xe5007000
#define VCPU_SIZE 128
#define VCPU_STATE 46  /* a byte */
#define VCPU_DATA 112  /* user 0: address of the core's data in SDRAM */
#define VCPU_TICK 116  /* user 1: clock cycles of a tick */
#define VCPU_START 120 /* user 2: what core_init returned */
#define VCPU_STATE_RUN 7
#define VCPU_STATE_FAILED 2

/* Stacks at the end of DTCM; what lies between struct core, at its beginning, and them is the
 * core's memory. */
#define FIQ_STACK_TOP (DTCM_BASE + DTCM_SIZE)
#define IRQ_STACK_TOP (FIQ_STACK_TOP - 0x100)
#define STACK_TOP (IRQ_STACK_TOP - 0x200)
#define STACK_BOTTOM (STACK_TOP - 0x900)

#endif
